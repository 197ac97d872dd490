/** Loaded into a server before its program: tells the process that started it how many microseconds of the processor it has taken. */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send(user + system);
});
process.channel.unref();
