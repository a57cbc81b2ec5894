using System.Net.Sockets;

namespace VpcRouter.Monitors.IcmpEcho;

/// <summary>Room for messages that are sent or received together, made once and used again and again; at a fixed place in memory, so that the kernel can be told of it.</summary>
internal sealed class EchoBatch(int capacity, int room)
{
    public int Capacity { get; } = capacity;

    /// <summary>How long a message may be.</summary>
    public int Room { get; } = room;

    /// <summary>How many messages there are.</summary>
    public int Count { get; set; }

    /// <summary>All messages, <see cref="Room"/> apart.</summary>
    public byte[] Bytes { get; } = GC.AllocateArray<byte>(capacity * room, pinned: true);

    public int[] Lengths { get; } = new int[capacity];

    /// <summary>Where messages go or come from.</summary>
    public RawAddress[] Addresses { get; } = new RawAddress[capacity];

    /// <summary>What the network said of messages that it gave back.</summary>
    public SocketError[] Errors { get; } = new SocketError[capacity];

    public Span<byte> this[int index] => Bytes.AsSpan(index * Room, Room);

    public ReadOnlySpan<byte> Message(int index) => Bytes.AsSpan(index * Room, Lengths[index]);

    /// <summary>Takes away the first bytes of a message.</summary>
    public void DropStart(int index, int count)
    {
        var rest = Message(index)[Math.Min(count, Lengths[index])..];
        rest.CopyTo(this[index]);
        Lengths[index] = rest.Length;
    }
}
