namespace VpcRouter.Romana.Tests.Support;

/// <summary>Topologies as Romana writes them.</summary>
internal static class Topologies
{
    /// <summary>One network with one group for each CIDR, each with one host.</summary>
    public static string With(params string[] cidrs)
    {
        var groups = cidrs.Select((cidr, i) => $$"""{"name":"g{{i}}","hosts":[{"name":"ip-{{i}}","ip":"10.0.1.{{10 + i}}","agent_port":9604}],"groups":null,"cidr":"{{cidr}}"}""");
        return $$$"""{"networks":{"vpc":{"name":"vpc","cidr":"10.112.0.0/12","host_groups":{"name":"/","hosts":null,"groups":[{{{string.Join(',', groups)}}}],"cidr":"10.112.0.0/12"},"block_mask":29}},"topology_revision":1}""";
    }
}
