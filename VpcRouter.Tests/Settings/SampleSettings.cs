using System.ComponentModel.DataAnnotations;
using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Tests.Settings;

/// <summary>A setting of every type.</summary>
internal sealed class SampleSettings
{
    [Setting("name", "a text")]
    [Required(ErrorMessage = "is required: give a name")]
    public string? Name { get; set; }

    [Setting("is-on", "a switch")]
    public bool IsOn { get; set; }

    [Setting("count", "a number")]
    [System.ComponentModel.DataAnnotations.Range(1, 10, ErrorMessage = "is out of range; give 1 to 10")]
    public int Count { get; set; } = 3;

    [Setting("share", "a fraction")]
    public double Share { get; set; }

    [Setting("check-interval", "a duration")]
    [SecondsRange(5, 60, OrZero = true)]
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(30);

    [Setting("mode", "a choice")]
    public RouterSelectionMode Mode { get; set; }

    [Setting("small", "a small number")]
    public ushort Small { get; set; }

    [Setting("host", "an address")]
    public IPAddress? Host { get; set; }

    [Setting("ignore", "destinations")]
    public CidrList Ignore { get; set; } = CidrList.Empty;

    [Setting("token", "a secret", Secret = true)]
    [StringLength(4, ErrorMessage = "is too long; give at most 4 characters")]
    public string? Token { get; set; }
}
