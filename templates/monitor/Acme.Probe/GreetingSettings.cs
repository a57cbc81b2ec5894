using System.ComponentModel.DataAnnotations;
using VpcRouter.Probing;
using VpcRouter.Settings;

namespace Acme.Probe;

/// <summary>Each property is a flag, an environment variable, a key of the configuration file, and a line of --help. --fall and --rise are inherited.</summary>
public sealed class GreetingSettings : ProbeSettings
{
    [Setting("acme-probe-port", "port to connect to (1 to 65535)", ValueName = "PORT")]
    [Range(1, 65535, ErrorMessage = "is out of range; give 1 to 65535")]
    public int Port { get; set; } = 22;

    [Setting("acme-probe-greeting", "what a live host says first", ValueName = "TEXT")]
    [StringLength(256, MinimumLength = 1, ErrorMessage = "is too short or too long; give 1 to 256 characters")]
    public string Greeting { get; set; } = "SSH-";

    [Setting("acme-probe-interval", "time between two probes of a host, in seconds (0.1 to 3600)", ValueName = "SECONDS")]
    [SecondsRange(0.1, 3600)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    [Setting("acme-probe-timeout", "how long a greeting may take, in seconds (0.01 to 60)", ValueName = "SECONDS")]
    [SecondsRange(0.01, 60)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(0.5);
}
