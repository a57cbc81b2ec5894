using System.Net;
using System.Net.Sockets;
using VpcRouter.Simulator.Documents;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Topologies;

/// <summary>The model in the making, with what its sections need of each other.</summary>
internal sealed class TopologyDraft(DocumentErrors errors)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public DocumentErrors Errors { get; } = errors;

    public VpcModel Model { get; set; } = new() { Region = "", Vpc = new VpcIdentity("", null, [], []), Zones = [] };

    /// <summary>Takes the id that the document gives, or makes one from the position: the same document gives the same ids.</summary>
    public string? Id(JsonCursor cursor, string name, string prefix, int position, bool shared = false)
    {
        if (!cursor.Has(name))
            return $"{prefix}-{position + 1:x17}";
        if (cursor.Text(name) is not { } id)
            return null;
        var path = cursor.PathOf(name);
        if (!IsId(id, prefix))
        {
            Errors.Add(path, $"'{id}' is not an id of the form {prefix}-…", $"use {prefix}- followed by lower-case letters and digits");
            return null;
        }

        if (!shared && !_ids.TryAdd(id, path))
        {
            Errors.Add(path, $"'{id}' is used already at {_ids[id]}", "give each its own id");
            return null;
        }

        return id;
    }

    public IPNetwork? Network(string path, string? text, AddressFamily family)
    {
        if (text is null)
            return null;
        if (!Cidr.TryParse(text, family, out var network))
        {
            Errors.Add(path, $"'{text}' is not an {Name(family)} CIDR", $"use for example {Example(family)}");
            return null;
        }

        if (network.ToString() == text || family == AddressFamily.InterNetworkV6)
            return network;
        Errors.Add(path, $"'{text}' has host bits set", $"use {network}");
        return null;
    }

    public IPAddress? Address(string path, string? text, AddressFamily? family = null)
    {
        if (text is null)
            return null;
        if (Cidr.TryParseAddress(text, out var address) && (family is null || address.AddressFamily == family))
            return address;
        Errors.Add(path, $"'{text}' is not an {Name(family ?? AddressFamily.InterNetwork)} address", "write it without a prefix length");
        return null;
    }

    private static bool IsId(string id, string prefix) =>
        id.StartsWith(prefix + "-", StringComparison.Ordinal) && id.Length > prefix.Length + 1
        && id.Skip(prefix.Length + 1).All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Name(AddressFamily family) => family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";

    private static string Example(AddressFamily family) => family == AddressFamily.InterNetwork ? "127.0.1.0/24" : "fd00:7f00::/56";
}
