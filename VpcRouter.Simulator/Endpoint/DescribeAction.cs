using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>What all Describe actions have in common: explicit ids, filters and pages.</summary>
internal abstract class DescribeAction<T>(SimulatedVpc vpc) : IEc2Action
{
    public abstract string Name { get; }

    /// <summary>The parameter that lists explicit ids, without its number.</summary>
    protected abstract string IdParameter { get; }

    protected abstract FilterTable<T> Filters { get; }

    /// <summary>EC2's range for MaxResults; an action without paging keeps null.</summary>
    protected virtual (int Min, int Max)? PageSize => (5, 1000);

    public Action<Ec2Xml> Execute(QueryRequest request)
    {
        var model = vpc.Model;
        var page = Select(model, request);
        request.EndDryRun();
        return xml =>
        {
            Write(model, page.Items, xml);
            xml.Value("nextToken", page.NextToken);
        };
    }

    /// <summary>Every item, in the order of <see cref="IdOf"/>.</summary>
    protected abstract IEnumerable<T> All(VpcModel model);

    protected abstract string IdOf(T item);

    protected abstract T Require(VpcModel model, string id);

    /// <summary>Whether the item is shown at all, even when asked for by its id.</summary>
    protected virtual bool Shows(T item, QueryRequest request) => true;

    protected abstract void Write(VpcModel model, IReadOnlyList<T> items, Ec2Xml xml);

    private Page<T> Select(VpcModel model, QueryRequest request)
    {
        var ids = request.List(IdParameter);
        var filters = FilterReader.Read(request);
        var size = ReadPageSize(request);
        var token = request.Find("NextToken");
        if (ids.Count > 0 && (size is not null || token is not null))
            throw Ec2Errors.Combination($"The parameter {IdParameter} cannot be used with the parameters MaxResults and NextToken");

        var items = ids.Count > 0 ? ids.Distinct().Select(id => Require(model, id)).ToList() : All(model);
        items = Filters.Apply(model, items, filters).Where(i => Shows(i, request));
        if (token is not null)
        {
            var last = PageToken.Read(Name, token);
            items = items.Where(i => string.CompareOrdinal(IdOf(i), last) > 0);
        }

        if (size is not { } limit)
            return new Page<T>([.. items], null);
        var page = items.Take(limit + 1).ToList();
        if (page.Count <= limit)
            return new Page<T>(page, null);
        page.RemoveAt(limit);
        return new Page<T>(page, PageToken.Write(Name, IdOf(page[^1])));
    }

    private int? ReadPageSize(QueryRequest request)
    {
        if (PageSize is not { } range || request.Number("MaxResults") is not { } size)
            return null;
        return size >= range.Min && size <= range.Max
            ? size
            : throw Ec2Errors.InvalidValue("maxResults", $"{size}", $"Expecting a value between {range.Min} and {range.Max}.");
    }
}
