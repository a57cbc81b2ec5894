using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>What each filter of a Describe action looks at. Several values of one item match when any of them does.</summary>
internal sealed class FilterTable<T>
{
    private readonly Dictionary<string, Func<VpcModel, T, IEnumerable<string?>>> _values = new(StringComparer.Ordinal);
    private Func<T, string?>? _nameTag;

    public FilterTable<T> By(string filter, Func<T, string?> value) => ByMany(filter, (_, item) => [value(item)]);

    public FilterTable<T> By(string filter, Func<VpcModel, T, string?> value) => ByMany(filter, (model, item) => [value(model, item)]);

    public FilterTable<T> ByMany(string filter, Func<T, IEnumerable<string?>> values) => ByMany(filter, (_, item) => values(item));

    public FilterTable<T> ByMany(string filter, Func<VpcModel, T, IEnumerable<string?>> values)
    {
        _values.Add(filter, values);
        return this;
    }

    /// <summary>Adds <c>tag:Name</c> and <c>tag-key</c>; no resource has any other tag.</summary>
    public FilterTable<T> ByTags(Func<T, string?> name)
    {
        _nameTag = name;
        return By("tag-key", item => name(item) is null ? null : "Name");
    }

    public IEnumerable<T> Apply(VpcModel model, IEnumerable<T> items, IReadOnlyList<Filter> filters)
    {
        foreach (var filter in filters)
        {
            var values = Find(filter.Name);
            items = items.Where(item => values(model, item).Any(filter.Matches));
        }

        return items;
    }

    private Func<VpcModel, T, IEnumerable<string?>> Find(string name)
    {
        if (_values.TryGetValue(name, out var values))
            return values;
        if (_nameTag is { } nameTag && name.StartsWith("tag:", StringComparison.Ordinal))
            return (_, item) => [name == "tag:Name" ? nameTag(item) : null];
        throw Ec2Errors.Invalid($"The filter '{name}' is invalid");
    }
}
