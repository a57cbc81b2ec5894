using VpcRouter.Simulator.Documents;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Topologies;

/// <summary>A VPC to simulate, as read and checked from JSON. Immutable; one topology may start any number of simulators.</summary>
public sealed class SimulatorTopology
{
    private const string DefaultResource = "topology.json";
    private static readonly Lazy<SimulatorTopology> LazyDefault = new(() => Parse(ReadDefault(), "(embedded default)"));

    private SimulatorTopology(VpcModel model, int probePort)
    {
        Model = model;
        ProbePort = probePort;
    }

    /// <summary>The topology of <c>examples/topology.json</c>: three zones, five route tables, six router hosts on 127.0.x.y.</summary>
    public static SimulatorTopology Default => LazyDefault.Value;

    /// <summary>The TCP port on which every host answers probes; 0 when hosts answer none.</summary>
    public int ProbePort { get; }

    /// <summary>The VPC before anything happened to it.</summary>
    internal VpcModel Model { get; }

    /// <summary>Reads a topology file.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="TopologyException">The document is no valid topology; carries every error.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SimulatorTopology Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a topology from JSON.</summary>
    /// <param name="json">The document.</param>
    /// <param name="source">What errors call the document, normally its path.</param>
    /// <exception cref="TopologyException">The document is no valid topology; carries every error.</exception>
    public static SimulatorTopology Parse(string json, string source = "(inline)")
    {
        var errors = new DocumentErrors();
        using var document = errors.Parse(json);
        if (document is not null)
        {
            var root = new JsonCursor(document.RootElement, "$", errors, "region", "vpc", "zones", "subnets", "prefixLists", "hosts",
                "gateways", "routeTables", "routeQuota", "probePort");
            var draft = new TopologyDraft(errors);
            NetworkSection.Read(root, draft);
            PrefixListSection.Read(root, draft);
            new HostSection(draft).Read(root);
            new RouteTableSection(draft).Read(root);
            var probePort = root.Number("probePort", 0, 0, 65535);
            if (errors.All.Count == 0)
                return new SimulatorTopology(draft.Model, probePort);
        }

        throw new TopologyException(source, errors.All);
    }

    private static string ReadDefault()
    {
        using var stream = typeof(SimulatorTopology).Assembly.GetManifestResourceStream(DefaultResource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
