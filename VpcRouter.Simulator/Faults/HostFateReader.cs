using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using VpcRouter.Simulator.Control;
using VpcRouter.Simulator.Documents;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Faults;

/// <summary>Reads what befalls hosts.</summary>
internal static class HostFateReader
{
    public static readonly string[] Properties = ["address", "afterSeconds", "state", "status", "instance", "secondaryAddresses"];

    public static HostFate Read(JsonCursor cursor, TimeSpan after)
    {
        if (!Properties.Skip(2).Any(cursor.Has))
            cursor.Refuse("state", "missing", "add state, status, instance or secondaryAddresses");
        return new HostFate(cursor.Path, Address(cursor), after, Choice<HostState>(cursor, "state"), Choice<HostStatus>(cursor, "status"),
            cursor.Text("instance"), cursor.Has("secondaryAddresses") ? Secondary(cursor) : null);
    }

    private static IPAddress Address(JsonCursor cursor)
    {
        if (cursor.RequiredText("address", "127.0.1.10") is not { } text)
            return IPAddress.None;
        if (Cidr.TryParseAddress(text, out var address))
            return address;
        cursor.Refuse("address", $"'{text}' is not an address", "use the address of a host");
        return IPAddress.None;
    }

    private static T? Choice<T>(JsonCursor cursor, string name)
        where T : struct, Enum
    {
        if (cursor.Text(name) is not { } text)
            return null;
        if (ChoiceReader.Read<T>(text, name) is { } choice)
            return choice;
        cursor.Refuse(name, $"'{text}' is no host {name}", $"use one of {ChoiceReader.ValidChoices<T>()}");
        return null;
    }

    private static ImmutableArray<IPAddress> Secondary(JsonCursor cursor)
    {
        var addresses = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var (path, text) in cursor.Texts("secondaryAddresses"))
        {
            if (Cidr.TryParseAddress(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork)
                addresses.Add(address);
            else
                cursor.Refuse(path[(cursor.Path.Length + 1)..], $"'{text}' is not an IPv4 address", "write it without a prefix length");
        }

        return addresses.ToImmutable();
    }
}
