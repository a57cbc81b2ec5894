using System.ComponentModel.DataAnnotations;
using VpcRouter.Probing;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Tcp;

/// <summary>The settings of <c>tcp</c>.</summary>
internal sealed class TcpSettings : ProbeSettings
{
    [Setting("tcp-check-interval", "time between two checks of a host, in seconds (0.1 to 3600)", ValueName = "SECONDS")]
    [SecondsRange(0.1, 3600)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    [Setting("tcp-check-port", "port to connect to (1 to 65535)", ValueName = "PORT")]
    [Range(1, 65535, ErrorMessage = "is out of range; give 1 to 65535")]
    public int Port { get; set; } = 22;

    [Setting("tcp-check-timeout", "how long a connection may take, in seconds (0.01 to 60); default 500ms or the interval, whichever is less", ValueName = "SECONDS")]
    [SecondsRange(0.01, 60)]
    public TimeSpan? Timeout { get; set; }
}
