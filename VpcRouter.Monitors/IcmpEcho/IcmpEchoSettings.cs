using VpcRouter.Probing;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>The settings of <c>icmpecho</c>.</summary>
internal sealed class IcmpEchoSettings : ProbeSettings
{
    [Setting("icmp-check-interval", "time between two pings of a host, in seconds (0.1 to 3600)", ValueName = "SECONDS")]
    [SecondsRange(0.1, 3600)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    [Setting("icmp-check-timeout", "how long an answer may take, in seconds (0.01 to 60); default 500ms or the interval, whichever is less", ValueName = "SECONDS")]
    [SecondsRange(0.01, 60)]
    public TimeSpan? Timeout { get; set; }
}
