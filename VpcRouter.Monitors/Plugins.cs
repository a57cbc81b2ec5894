using VpcRouter.Monitors.Always;
using VpcRouter.Monitors.Ec2Status;
using VpcRouter.Monitors.Http;
using VpcRouter.Monitors.IcmpEcho;
using VpcRouter.Monitors.Multi;
using VpcRouter.Monitors.Tcp;
using VpcRouter.Plugins;

[assembly: VpcRouterPlugin("icmpecho", "a host is alive when it answers pings", typeof(IcmpEchoMonitor), SettingsType = typeof(IcmpEchoSettings))]
[assembly: VpcRouterPlugin("tcp", "a host is alive when it accepts TCP connections on a port", typeof(TcpMonitor), SettingsType = typeof(TcpSettings))]
[assembly: VpcRouterPlugin("http", "a host is alive when it answers an HTTP request with a good status", typeof(HttpMonitor), SettingsType = typeof(HttpSettings))]
[assembly: VpcRouterPlugin("ec2status", "a host is what EC2 says of its instance: its state, status checks and scheduled events", typeof(Ec2StatusMonitor), SettingsType = typeof(Ec2StatusSettings))]
[assembly: VpcRouterPlugin("multi", "runs several monitors and combines what they say", typeof(MultiMonitor), SettingsType = typeof(MultiSettings))]
[assembly: VpcRouterPlugin("always", "nobody ever fails; for tests and demonstrations", typeof(AlwaysMonitor))]
