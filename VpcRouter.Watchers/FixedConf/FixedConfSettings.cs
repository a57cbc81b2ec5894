using System.ComponentModel.DataAnnotations;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Watchers.FixedConf;

/// <summary>The settings of the <c>fixedconf</c> watcher.</summary>
internal sealed class FixedConfSettings
{
    [Setting("fixed-cidr", "destination of the only route, in fixedconf mode", ValueName = "CIDR")]
    [Required(ErrorMessage = "is required in fixedconf mode: give the destination, for example 10.55.16.0/24")]
    public RouteDestination? FixedCidr { get; set; }

    [Setting("fixed-hosts", "its hosts, separated by \":\" (or by \",\" for IPv6), in fixedconf mode", ValueName = "HOSTS")]
    [Required(ErrorMessage = "is required in fixedconf mode: give the hosts, for example 10.33.20.93:10.33.30.22")]
    public FixedHosts? FixedHosts { get; set; }
}
