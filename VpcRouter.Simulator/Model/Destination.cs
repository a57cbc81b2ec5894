using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Simulator.Model;

/// <summary>What a route matches, in EC2's canonical spelling.</summary>
internal sealed record Destination(DestinationKind Kind, string Text)
{
    public static Destination Ipv4(string text) =>
        new(DestinationKind.Ipv4, Canonical(text, AddressFamily.InterNetwork, "destinationCidrBlock"));

    public static Destination Ipv6(string text) =>
        new(DestinationKind.Ipv6, Canonical(text, AddressFamily.InterNetworkV6, "destinationIpv6CidrBlock"));

    public static Destination PrefixList(string id) => new(DestinationKind.PrefixList, id);

    public static Destination Of(IPNetwork network) =>
        new(network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? DestinationKind.Ipv4 : DestinationKind.Ipv6,
            network.ToString());

    /// <summary>Guesses the kind from the spelling, as a topology file leaves it open.</summary>
    public static Destination Parse(string text) =>
        text.StartsWith("pl-", StringComparison.Ordinal) ? PrefixList(text)
        : text.Contains(':', StringComparison.Ordinal) ? Ipv6(text)
        : Ipv4(text);

    public IPNetwork? Network => Kind == DestinationKind.PrefixList ? null : IPNetwork.Parse(Text);

    private static string Canonical(string text, AddressFamily family, string parameter) =>
        Cidr.TryParse(text, family, out var network)
            ? network.ToString()
            : throw Ec2Errors.InvalidValue(parameter, text, "This is not a valid CIDR block.");
}
