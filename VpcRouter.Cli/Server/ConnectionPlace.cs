using Microsoft.AspNetCore.Connections;

namespace VpcRouter.Cli.Server;

/// <summary>A connection's place among those of the server. The lock of <see cref="ConnectionPlaces"/> guards it.</summary>
/// <param name="connection">The connection.</param>
internal sealed class ConnectionPlace(ConnectionContext connection)
{
    public ConnectionContext Connection { get; } = connection;

    /// <summary>How many of its requests are being answered.</summary>
    public int Requests { get; set; }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver { get; set; }

    /// <summary>Where it stands among the idle; <see langword="null"/> while it isn't idle, or has been told to go.</summary>
    public LinkedListNode<ConnectionPlace>? Idle { get; set; }
}
