using System.Numerics;

namespace VpcRouter.Probing;

/// <summary>
/// Keeps the time at which each of many small numbers is due, in whole ticks. Setting, moving and taking cost the same however many
/// there are, and nothing is allocated. Not thread-safe.
/// </summary>
/// <remarks>
/// An item due further ahead than the wheel reaches is handed out early; its owner, who knows the true time, sets it again. So items
/// are due <em>at the latest</em> when they are handed out.
/// </remarks>
internal sealed class TimingWheel
{
    private const int Slots = 4096;
    private const int Ready = Slots;
    private const int None = -1;
    private readonly int[] _heads = new int[Slots + 1];
    private readonly ulong[] _occupied = new ulong[Slots / 64];
    private Link[] _links = [];
    private int _readyTail = None;
    private long _now;

    public TimingWheel() => Array.Fill(_heads, None);

    /// <summary>The tick at which something is handed out next; <see langword="null"/> when nothing is set.</summary>
    public long? Next
    {
        get
        {
            if (_heads[Ready] != None)
                return _now;
            var start = (int)((_now + 1) % Slots);
            var word = start / 64;
            var bits = _occupied[word] & (ulong.MaxValue << (start % 64));
            for (var i = 0; i <= _occupied.Length; i++)
            {
                if (bits != 0)
                {
                    var slot = (word * 64) + BitOperations.TrailingZeroCount(bits);
                    return _now + 1 + ((slot - start + Slots) % Slots);
                }

                word = (word + 1) % _occupied.Length;
                bits = _occupied[word];
            }

            return null;
        }
    }

    /// <summary>Sets an item to be due at a tick, instead of whenever it was due before.</summary>
    public void Set(int item, long tick)
    {
        if (item >= _links.Length)
            Grow(item + 1);
        var slot = tick <= _now ? Ready : (int)(Math.Min(tick, _now + Slots - 1) % Slots);
        if (_links[item].Slot == slot)
            return;
        Remove(item);
        if (slot == Ready)
            AppendReady(item);
        else
            Push(item, slot);
    }

    public void Remove(int item)
    {
        if (item >= _links.Length || _links[item].Slot == None)
            return;
        ref var link = ref _links[item];
        if (link.Previous != None)
            _links[link.Previous].Next = link.Next;
        else
            _heads[link.Slot] = link.Next;
        if (link.Next != None)
            _links[link.Next].Previous = link.Previous;
        else if (link.Slot == Ready)
            _readyTail = link.Previous;
        if (link.Slot != Ready && _heads[link.Slot] == None)
            _occupied[link.Slot / 64] &= ~(1UL << (link.Slot % 64));
        link.Slot = None;
    }

    /// <summary>Moves the time on; what becomes due by it can be taken from then on.</summary>
    public void Advance(long now)
    {
        var end = Math.Min(now, _now + Slots);
        for (var tick = _now + 1; tick <= end; tick++)
        {
            var slot = (int)(tick % Slots);
            if (_occupied[slot / 64] == 0)
            {
                // Nothing in the rest of this word; the loop adds the last step.
                tick += 63 - (slot % 64);
                continue;
            }

            while (_heads[slot] != None)
            {
                var item = _heads[slot];
                Remove(item);
                AppendReady(item);
            }
        }

        _now = Math.Max(_now, now);
    }

    /// <summary>Takes the next item that is due; it is not set any more.</summary>
    public bool TryTake(out int item)
    {
        item = _heads[Ready];
        if (item == None)
            return false;
        Remove(item);
        return true;
    }

    private void Push(int item, int slot)
    {
        var head = _heads[slot];
        _links[item] = new Link(None, head, slot);
        if (head != None)
            _links[head].Previous = item;
        _heads[slot] = item;
        _occupied[slot / 64] |= 1UL << (slot % 64);
    }

    private void AppendReady(int item)
    {
        _links[item] = new Link(_readyTail, None, Ready);
        if (_readyTail != None)
            _links[_readyTail].Next = item;
        else
            _heads[Ready] = item;
        _readyTail = item;
    }

    private void Grow(int count)
    {
        var before = _links.Length;
        Array.Resize(ref _links, Math.Max(count, before * 2));
        Array.Fill(_links, new Link(None, None, None), before, _links.Length - before);
    }

    private struct Link(int previous, int next, int slot)
    {
        public int Previous = previous;
        public int Next = next;
        public int Slot = slot;
    }
}
