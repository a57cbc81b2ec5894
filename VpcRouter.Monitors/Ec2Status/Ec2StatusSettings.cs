using System.ComponentModel.DataAnnotations;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Ec2Status;

/// <summary>The settings of <c>ec2status</c>.</summary>
internal sealed class Ec2StatusSettings
{
    [Setting("ec2-status-interval", "time between two polls of EC2, in seconds (0.1 to 3600); a poll costs a call for every 200 hosts and one for every 100 instances", ValueName = "SECONDS")]
    [SecondsRange(0.1, 3600)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    [Setting("ec2-status-timeout", "how long a whole poll may take, in seconds (1 to 300)", ValueName = "SECONDS")]
    [SecondsRange(1, 300)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    // Not --fall and --rise: those count probes that may get lost, while each answer of EC2 is a verdict already.
    [Setting("ec2-status-fall", "polls in a row that must call a host failed (1 to 100)", ValueName = "COUNT")]
    [Range(1, 100, ErrorMessage = "is out of range; give 1 to 100")]
    public int Fall { get; set; } = 1;

    [Setting("ec2-status-rise", "polls in a row that must not call a failed host failed to bring it back (1 to 100)", ValueName = "COUNT")]
    [Range(1, 100, ErrorMessage = "is out of range; give 1 to 100")]
    public int Rise { get; set; } = 1;
}
