namespace VpcRouter.RouteSpecs;

/// <summary>Limits of what <see cref="RouteSpecReader"/> accepts.</summary>
public sealed class RouteSpecReaderOptions
{
    /// <summary>Whether <c>{}</c> is accepted, which deletes every managed route. Default: false.</summary>
    public bool AllowEmptySpec { get; set; }
}
