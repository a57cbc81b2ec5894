using System.ComponentModel.DataAnnotations;
using VpcRouter.Settings;

namespace Acme.Watch;

/// <summary>Each property is a flag, an environment variable, a key of the configuration file, and a line of --help.</summary>
public sealed class UrlWatcherSettings
{
    [Setting("acme-watch-url", "where the route spec is read from", ValueName = "URL")]
    [Required(ErrorMessage = "is required: give the URL of the route spec")]
    [RegularExpression("https?://.+", ErrorMessage = "is not a URL; give http://… or https://…")]
    public string? Url { get; set; }

    [Setting("acme-watch-interval", "time between two reads, in seconds (0.1 to 3600)", ValueName = "SECONDS")]
    [SecondsRange(0.1, 3600)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);
}
