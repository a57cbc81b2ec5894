using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VpcRouter.Monitors.Linux;

namespace VpcRouter.Monitors.IcmpEcho.Linux;

/// <summary>The headers by which the kernel finds the messages of a batch and their addresses. In native memory, for as long as it lives.</summary>
internal sealed unsafe class MessageVector : IDisposable
{
    private const int NameRoom = 28;
    private const int ControlRoom = 128;
    private const ushort FamilyV4 = 2;
    private const ushort FamilyV6 = 10;
    private const int AddressAtV4 = 4;
    private const int AddressAtV6 = 8;
    private const int HeaderSize = IPv4Header.Size;
    private readonly AddressFamily _family;
    private readonly EchoBatch _batch;
    private readonly bool _withControl;
    private readonly LibC.Segment* _segments;
    private readonly byte* _names;
    private readonly byte* _controls;
    private readonly byte* _ipHeaders;
    private readonly int _segmentsEach;
    private bool _disposed;

    /// <param name="family">The family of the addresses.</param>
    /// <param name="batch">The messages.</param>
    /// <param name="withControl">Whether to receive what the kernel says beside a message.</param>
    /// <param name="withHeader">Whether to send an IPv4 header before each message.</param>
    public MessageVector(AddressFamily family, EchoBatch batch, bool withControl = false, bool withHeader = false)
    {
        _family = family;
        _batch = batch;
        _withControl = withControl;
        Headers = (LibC.MessageHeader*)NativeMemory.AllocZeroed((nuint)batch.Capacity, (nuint)sizeof(LibC.MessageHeader));
        _segmentsEach = withHeader ? 2 : 1;
        _segments = (LibC.Segment*)NativeMemory.AllocZeroed((nuint)(batch.Capacity * _segmentsEach), (nuint)sizeof(LibC.Segment));
        _names = (byte*)NativeMemory.AllocZeroed((nuint)batch.Capacity, NameRoom);
        _controls = withControl ? (byte*)NativeMemory.AllocZeroed((nuint)batch.Capacity, ControlRoom) : null;
        _ipHeaders = withHeader ? (byte*)NativeMemory.AllocZeroed((nuint)batch.Capacity, HeaderSize) : null;
        var bytes = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(batch.Bytes, 0);
        for (var i = 0; i < batch.Capacity; i++)
        {
            var segments = _segments + (i * _segmentsEach);
            Headers[i] = new LibC.MessageHeader { Name = _names + (i * NameRoom), Segments = segments, SegmentCount = (nuint)_segmentsEach };
            if (withHeader)
            {
                IPv4Header.Prepare(HeaderOf(i));
                *segments++ = new LibC.Segment { Start = _ipHeaders + (i * HeaderSize), Length = HeaderSize };
            }

            *segments = new LibC.Segment { Start = bytes + (i * batch.Room), Length = (nuint)batch.Room };
            *(ushort*)Headers[i].Name = family == AddressFamily.InterNetwork ? FamilyV4 : FamilyV6;
        }
    }

    public EchoBatch Batch => _batch;

    public LibC.MessageHeader* Headers { get; }

    /// <summary>Writes lengths and addresses of the batch's messages for the kernel.</summary>
    public void PrepareToSend(int first)
    {
        for (var i = first; i < _batch.Count; i++)
        {
            _segments[(i * _segmentsEach) + _segmentsEach - 1].Length = (nuint)_batch.Lengths[i];
            Headers[i].NameLength = _family == AddressFamily.InterNetwork ? 16u : NameRoom;
            if (_ipHeaders is not null)
                IPv4Header.WriteDestination(HeaderOf(i), Unsafe.As<RawAddress, uint>(ref _batch.Addresses[i]));
            if (_family == AddressFamily.InterNetwork)
                *(uint*)(Headers[i].Name + AddressAtV4) = Unsafe.As<RawAddress, uint>(ref _batch.Addresses[i]);
            else
                *(RawAddress*)(Headers[i].Name + AddressAtV6) = _batch.Addresses[i];
        }
    }

    /// <summary>Says how much room there is; the kernel overwrites it.</summary>
    public void PrepareToReceive()
    {
        for (var i = 0; i < _batch.Capacity; i++)
        {
            Headers[i].NameLength = NameRoom;
            Headers[i].Control = _controls + (i * ControlRoom);
            Headers[i].ControlLength = _withControl ? (nuint)ControlRoom : 0;
        }
    }

    /// <summary>Reads lengths and addresses of messages received.</summary>
    public void Received(int count)
    {
        _batch.Count = count;
        for (var i = 0; i < count; i++)
        {
            _batch.Lengths[i] = (int)Math.Min(Headers[i].Length, (uint)_batch.Room);
            _batch.Addresses[i] = _family == AddressFamily.InterNetwork
                ? new RawAddress(*(uint*)(Headers[i].Name + AddressAtV4), 0)
                : *(RawAddress*)(Headers[i].Name + AddressAtV6);
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        NativeMemory.Free(Headers);
        NativeMemory.Free(_segments);
        NativeMemory.Free(_names);
        NativeMemory.Free(_controls);
        NativeMemory.Free(_ipHeaders);
    }

    private Span<byte> HeaderOf(int index) => new(_ipHeaders + (index * HeaderSize), HeaderSize);
}
