using System.ComponentModel.DataAnnotations;
using VpcRouter.Settings;

namespace VpcRouter.Probing;

/// <summary>
/// The settings that every monitor that probes has. A monitor's own settings derive from this and add the interval, the time-out and
/// whatever else it needs, under names of its own. Monitors that run together share <c>--fall</c> and <c>--rise</c>.
/// </summary>
public abstract class ProbeSettings
{
    /// <summary>Failed probes in a row that make a host failed: 1 to 100, default 2.</summary>
    [Setting("fall", "failed probes in a row that make a host failed (1 to 100)", ValueName = "COUNT")]
    [Range(1, 100, ErrorMessage = "is out of range; give 1 to 100")]
    public int Fall { get; set; } = 2;

    /// <summary>Good probes in a row that bring a failed host back: 1 to 100, default 2.</summary>
    [Setting("rise", "good probes in a row that bring a failed host back (1 to 100)", ValueName = "COUNT")]
    [Range(1, 100, ErrorMessage = "is out of range; give 1 to 100")]
    public int Rise { get; set; } = 2;
}
