using System.ComponentModel.DataAnnotations;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Probing;

/// <summary>The settings of every monitor that probes.</summary>
internal abstract class ProbeSettings
{
    [Setting("fall", "failed probes in a row that make a host failed (1 to 100)", ValueName = "COUNT")]
    [Range(1, 100, ErrorMessage = "is out of range; give 1 to 100")]
    public int Fall { get; set; } = 2;

    [Setting("rise", "good probes in a row that bring a failed host back (1 to 100)", ValueName = "COUNT")]
    [Range(1, 100, ErrorMessage = "is out of range; give 1 to 100")]
    public int Rise { get; set; } = 2;
}
