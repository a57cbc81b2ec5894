using System.Globalization;

namespace VpcRouter.Romana.Topology;

/// <summary>Where in the topology a group stands. Only what is wrong is ever asked for its path, so the text is made then.</summary>
internal sealed class GroupPath
{
    private readonly GroupPath? _parent;
    private readonly string? _network;
    private readonly int _index;

    private GroupPath(GroupPath? parent, string? network, int index)
    {
        _parent = parent;
        _network = network;
        _index = index;
        Depth = parent is null ? 1 : parent.Depth + 1;
    }

    /// <summary>How many groups lie one in another here; 1 for a network's outermost.</summary>
    public int Depth { get; }

    /// <summary>The outermost group of a network.</summary>
    public static GroupPath Of(string network) => new(null, network, 0);

    /// <summary>A group in this one.</summary>
    public GroupPath Child(int index) => new(this, null, index);

    public override string ToString()
    {
        var indexes = new Stack<int>(Depth);
        var group = this;
        for (; group._parent is { } parent; group = parent)
            indexes.Push(group._index);
        return TopologyText.PathOfNetwork(group._network!) + ".host_groups"
            + string.Concat(indexes.Select(index => string.Create(CultureInfo.InvariantCulture, $".groups[{index}]")));
    }
}
