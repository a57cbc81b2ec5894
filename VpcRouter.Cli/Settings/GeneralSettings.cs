using System.ComponentModel.DataAnnotations;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Settings;

/// <summary>What the command line tool itself needs to know, beside the router's and the plugins' settings.</summary>
internal sealed class GeneralSettings
{
    [Setting("mode", "watcher plugin that delivers the route spec", ShortName = "m", ValueName = "WATCHER")]
    public string? Mode { get; set; }

    [Setting("health", "monitor plugin that says which hosts have failed", ShortName = "H", ValueName = "MONITOR")]
    public string Health { get; set; } = "icmpecho";

    [Setting("address", "address that the HTTP server listens on", ShortName = "a", ValueName = "ADDRESS")]
    public string Address { get; set; } = "localhost";

    [Setting("port", "port of the HTTP server", ShortName = "p", ValueName = "PORT")]
    [Range(0, 65535, ErrorMessage = "is not a port; give 1 to 65535, or 0 for any free one")]
    public int Port { get; set; } = 33289;

    [Setting("logfile", "log file, or - for the standard output", ShortName = "l", ValueName = "FILE")]
    public string LogFile { get; set; } = "-";

    [Setting("plugin-dir", "folder with plugins, or several separated as in PATH; may be given several times", ValueName = "FOLDER")]
    public string? PluginDir { get; set; }

    [Setting("verbose", "log what is done in detail")]
    public bool Verbose { get; set; }
}
