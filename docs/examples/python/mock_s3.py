"""The door of a served mock, for tests in Python: it needs the standard library alone.

    npx s3-versioning-mock --port 9000 --bucket vault:versioning=Enabled

    mock = MockS3("http://127.0.0.1:9000")
    mock.post("clock/advance", days=30)
"""

import json
import urllib.error
import urllib.parse
import urllib.request


class MockError(Exception):
    """What the mock refused: its sentence, with the status of the answer."""

    def __init__(self, status, error):
        super().__init__(error["message"])
        self.status = status
        self.code = error.get("code")


class MockS3:
    def __init__(self, url):
        self.url = url

    def get(self, path, **query):
        given = {name: json.dumps(value) if isinstance(value, (dict, bool)) else value for name, value in query.items()}
        return self.ask("GET", path + ("?" + urllib.parse.urlencode(given) if given else ""))

    def post(self, path, **members):
        return self.ask("POST", path, members or None)

    def put(self, path, **members):
        return self.ask("PUT", path, members)

    def patch(self, path, **members):
        return self.ask("PATCH", path, members)

    def delete(self, path):
        return self.ask("DELETE", path)

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_mock/{path}", data=data, method=method)
        try:
            with urllib.request.urlopen(request) as response:
                text = response.read()
        except urllib.error.HTTPError as refused:
            raise MockError(refused.code, json.load(refused)["error"]) from None
        return json.loads(text) if text else None
