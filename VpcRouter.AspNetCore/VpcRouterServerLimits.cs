using Microsoft.AspNetCore.Server.Kestrel.Core;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore;

/// <summary>Limits for the server that the endpoints run on.</summary>
public static class VpcRouterServerLimits
{
    /// <summary>
    /// Keeps slow, idle and greedy clients from hurting others: 2,048 connections; 10 s for a request's head; 240 bytes a second for its body
    /// and for an answer that waits to be read; 60 s for an idle connection; bodies of a route spec's largest size. What <c>vpcrouter</c> itself uses.
    /// </summary>
    /// <param name="kestrel">The server's options.</param>
    public static void UseVpcRouterLimits(this KestrelServerOptions kestrel)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = 2048;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

        // One byte more than the endpoint takes, whose own answer says more than the server's.
        limits.MaxRequestBodySize = RouteSpecReader.MaximumBytes + 1;
    }
}
