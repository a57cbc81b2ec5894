using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>The spec's hosts are in the VPC.</summary>
internal sealed class HostsCheck : ICheck
{
    public string Name => "hosts";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>(facts.Spec.Value is { } spec && facts.Snapshot.Value is { } snapshot
            ? [.. Judge(spec, snapshot)]
            : [Finding.NotApplicable("there is no route spec, or no look at the VPC, to compare")]);

    internal static IEnumerable<Finding> Judge(RouteSpec spec, VpcSnapshot snapshot)
    {
        var lost = spec.Hosts.Where(host => snapshot.InterfaceOf(host) is null).ToHashSet();
        var idle = spec.Hosts.Where(host => snapshot.InterfaceOf(host) is { IsAttached: false }).ToHashSet();
        foreach (var host in lost)
            yield return Of(host, $"{host} is on no network interface of {snapshot.VpcId}", "check the address in the route spec, and the VPC");
        foreach (var host in idle)
            yield return Of(host, $"{host} is on {snapshot.InterfaceOf(host)!.Id}, which is attached to no instance", "attach the interface, or take the host out of the route spec");
        if (lost.Count + idle.Count == 0)
            yield return Finding.Ok($"all {spec.Hosts.Count} are on attached network interfaces");

        // One of several hosts may be missing for a while; a destination without any is unreachable.
        Finding Of(IPAddress host, string message, string remedy)
        {
            var stranded = spec.Entries.Where(entry => entry.Hosts.Contains(host) && entry.Hosts.All(other => lost.Contains(other) || idle.Contains(other))).Select(entry => entry.Destination).ToList();
            return stranded.Count == 0 ? Finding.Warning(message, remedy) : Finding.Failed($"{message}, and nothing else can route {string.Join(", ", stranded)}", remedy);
        }
    }
}
