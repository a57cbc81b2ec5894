using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>What a route points at, in the words of the pages. Immutable.</summary>
/// <param name="Router">The eligible host that is the router, or <see langword="null"/> when the target is none.</param>
/// <param name="InstanceId">The instance behind the target, if there is one.</param>
/// <param name="InterfaceId">The interface that is the target, if it is one.</param>
internal sealed record RouterOf(IPAddress? Router, string? InstanceId, string? InterfaceId)
{
    public static RouterOf Route(Route route, RouteEntry? entry, VpcSnapshot snapshot)
    {
        var interfaceId = route.Target.Kind == RouteTargetKind.NetworkInterface ? route.Target.Id : null;
        var instanceId = route.Target.Kind == RouteTargetKind.Instance ? route.Target.Id : route.InstanceId;
        if (interfaceId is null)
            return new RouterOf(null, instanceId, null);
        var router = entry?.Hosts.FirstOrDefault(host => snapshot.InterfaceOf(host)?.Id == interfaceId);
        return new RouterOf(router, snapshot.InterfaceById(interfaceId)?.InstanceId ?? instanceId, interfaceId);
    }
}
