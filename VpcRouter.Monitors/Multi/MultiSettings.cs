using System.ComponentModel.DataAnnotations;
using VpcRouter.Settings;

namespace VpcRouter.Monitors.Multi;

/// <summary>The settings of <c>multi</c>.</summary>
internal sealed class MultiSettings
{
    public const string PluginsName = "multi-plugins";

    [Setting(PluginsName, "monitors to run together, for example icmpecho:tcp; a host has failed when any of them says so", ValueName = "NAMES")]
    [Required(ErrorMessage = "is required; give monitor names separated by : or ,")]
    public string Plugins { get; set; } = "";

    /// <summary>Cuts a list of names at its separators; an empty name means that one was left out.</summary>
    public static IReadOnlyList<string> Split(string names) => names.Split([':', ','], StringSplitOptions.TrimEntries);
}
