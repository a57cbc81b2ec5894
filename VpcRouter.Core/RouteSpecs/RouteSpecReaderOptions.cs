using VpcRouter.Settings;

namespace VpcRouter.RouteSpecs;

/// <summary>Limits of what <see cref="RouteSpecReader"/> accepts.</summary>
public sealed class RouteSpecReaderOptions
{
    /// <summary>Whether <c>{}</c> is accepted, which deletes every managed route. Default: false.</summary>
    [Setting("allow-empty-spec", "Carry out an empty route spec, which deletes every managed route")]
    public bool AllowEmptySpec { get; set; }
}
