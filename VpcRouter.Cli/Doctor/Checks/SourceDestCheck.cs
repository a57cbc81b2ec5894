using VpcRouter.Vpc;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>EC2 lets the hosts forward: their interfaces' source/dest check is off.</summary>
internal sealed class SourceDestCheck : ICheck
{
    public string Name => "source/dest check";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken)
    {
        if (facts.Spec.Value is not { } spec || facts.Snapshot.Value is not { } snapshot)
            return Task.FromResult<IReadOnlyList<Finding>>([Finding.NotApplicable("there is no route spec, or no look at the VPC, to compare")]);
        var interfaces = spec.Hosts.Select(host => (Host: host, On: snapshot.InterfaceOf(host))).Where(host => host.On is not null).ToList();
        var findings = interfaces.Where(host => host.On!.SourceDestCheck)
            .Select(host => Finding.Failed($"it is on at {host.On!.Id} ({host.Host}), so EC2 drops what the host should forward", CommandFor(host.On, facts.Region)))
            .ToList();
        if (findings.Count == 0)
            findings.Add(interfaces.Count == 0 ? Finding.NotApplicable("no host of the spec is on an interface") : Finding.Ok($"it is off at all {interfaces.Count} hosts"));
        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }

    private static string CommandFor(NetworkInterface networkInterface, string region) =>
        $"aws ec2 modify-network-interface-attribute --region {region} --network-interface-id {networkInterface.Id} --no-source-dest-check";
}
