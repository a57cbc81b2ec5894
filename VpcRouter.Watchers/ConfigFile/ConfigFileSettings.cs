using System.ComponentModel.DataAnnotations;
using VpcRouter.Settings;

namespace VpcRouter.Watchers.ConfigFile;

/// <summary>The settings of the <c>configfile</c> watcher.</summary>
internal sealed class ConfigFileSettings
{
    [Setting("file", "route spec file, in configfile mode", ShortName = "f", ValueName = "FILE")]
    [Required(ErrorMessage = "is required in configfile mode: name the route spec file")]
    public string? File { get; set; }
}
