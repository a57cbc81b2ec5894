using System.ComponentModel.DataAnnotations;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Multi;

/// <summary>The settings of <c>multi</c>.</summary>
internal sealed class MultiSettings
{
    public const string PluginsName = "multi-plugins";
    public const string ModeName = "multi-mode";

    [Setting(PluginsName, "monitors to run together, for example icmpecho:tcp", ValueName = "NAMES")]
    [Required(ErrorMessage = "is required; give monitor names separated by : or ,")]
    public string Plugins { get; set; } = "";

    [Setting(ModeName, "how many of the monitors must call a host failed: any, all, or a number; one that is down has no vote", ValueName = "MODE")]
    public MultiMode Mode { get; set; } = MultiMode.Any;

    /// <summary>Cuts a list of names at its separators; an empty name means that one was left out.</summary>
    public static IReadOnlyList<string> Split(string names) => names.Split([':', ','], StringSplitOptions.TrimEntries);
}
