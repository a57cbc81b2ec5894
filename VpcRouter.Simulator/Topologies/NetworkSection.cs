using System.Net;
using System.Net.Sockets;
using VpcRouter.Simulator.Documents;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Topologies;

/// <summary>Reads region, VPC, zones and subnets.</summary>
internal static class NetworkSection
{
    public static void Read(JsonCursor root, TopologyDraft draft)
    {
        var region = root.RequiredText("region", "us-east-1") ?? "";
        draft.Model = draft.Model with
        {
            Region = region,
            Zones = [.. ReadZones(root, draft)],
            RouteQuota = root.Number("routeQuota", VpcModel.DefaultRouteQuota, 1, 1000),
        };
        if (root.Object("vpc", """{ "id": "vpc-350d6a51", "cidrs": ["127.0.0.0/16"] }""", "id", "name", "cidrs", "ipv6Cidrs") is { } vpc)
            draft.Model = draft.Model with { Vpc = ReadVpc(vpc, draft) };
        foreach (var (index, cursor) in root.Objects("subnets", "id", "name", "zone", "cidr", "ipv6Cidr").Index())
        {
            if (ReadSubnet(cursor, index, draft) is { } subnet)
                draft.Model = draft.Model with { Subnets = draft.Model.Subnets.SetItem(subnet.Id, subnet) };
        }

        if (draft.Model.Subnets.IsEmpty)
            draft.Errors.Add(root.PathOf("subnets"), "no subnet", "add at least one subnet with zone and cidr");
    }

    private static IEnumerable<Zone> ReadZones(JsonCursor root, TopologyDraft draft)
    {
        var names = root.Texts("zones");
        if (names.Count == 0)
            draft.Errors.Add(root.PathOf("zones"), "no availability zone", "list at least one, for example [\"us-east-1a\"]");
        foreach (var twice in names.GroupBy(n => n.Value).Where(g => g.Count() > 1))
            draft.Errors.Add(twice.Last().Path, $"'{twice.Key}' is listed twice", "list each zone once");
        return names.Select((n, i) => new Zone(n.Value, $"az{i + 1}"));
    }

    private static VpcIdentity ReadVpc(JsonCursor cursor, TopologyDraft draft)
    {
        var id = draft.Id(cursor, "id", "vpc", 0) ?? "";
        var cidrs = Networks(cursor, "cidrs", AddressFamily.InterNetwork, draft).ToList();
        if (cidrs.Count == 0)
            draft.Errors.Add(cursor.PathOf("cidrs"), "no IPv4 CIDR", "give at least one, for example [\"127.0.0.0/16\"]");
        return new VpcIdentity(id, cursor.Text("name"), [.. cidrs], [.. Networks(cursor, "ipv6Cidrs", AddressFamily.InterNetworkV6, draft)]);
    }

    private static Subnet? ReadSubnet(JsonCursor cursor, int index, TopologyDraft draft)
    {
        var id = draft.Id(cursor, "id", "subnet", index);
        var zone = cursor.RequiredText("zone", "us-east-1a");
        var cidr = draft.Network(cursor.PathOf("cidr"), cursor.RequiredText("cidr", "127.0.1.0/24"), AddressFamily.InterNetwork);
        var ipv6Cidr = draft.Network(cursor.PathOf("ipv6Cidr"), cursor.Text("ipv6Cidr"), AddressFamily.InterNetworkV6);
        if (zone is not null && draft.Model.Zones.All(z => z.Name != zone))
            draft.Errors.Add(cursor.PathOf("zone"), $"'{zone}' is not one of $.zones", "list it there or use one that is");
        CheckPlace(cursor.PathOf("cidr"), cidr, draft.Model.Vpc.Cidrs, s => s.Cidr, draft);
        CheckPlace(cursor.PathOf("ipv6Cidr"), ipv6Cidr, draft.Model.Vpc.Ipv6Cidrs, s => s.Ipv6Cidr, draft);
        return id is null || zone is null || cidr is null ? null : new Subnet(id, cursor.Text("name"), zone, cidr.Value, ipv6Cidr);
    }

    private static void CheckPlace(string path, IPNetwork? cidr, IReadOnlyList<IPNetwork> vpcCidrs, Func<Subnet, IPNetwork?> other,
        TopologyDraft draft)
    {
        if (cidr is not { } network)
            return;
        if (!vpcCidrs.Any(c => c.Covers(network)))
            draft.Errors.Add(path, $"'{network}' lies outside the VPC ({string.Join(", ", vpcCidrs)})", "choose a part of the VPC's CIDR");
        if (draft.Model.Subnets.Values.FirstOrDefault(s => other(s) is { } o && (o.Covers(network) || network.Covers(o))) is { } clash)
            draft.Errors.Add(path, $"'{network}' overlaps {clash.Id} ({other(clash)})", "give each subnet its own block");
    }

    private static IEnumerable<IPNetwork> Networks(JsonCursor cursor, string name, AddressFamily family, TopologyDraft draft)
    {
        foreach (var (path, text) in cursor.Texts(name))
        {
            if (draft.Network(path, text, family) is { } network)
                yield return network;
        }
    }
}
