using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>What all Describe actions have in common: explicit ids, filters and pages.</summary>
internal abstract class DescribeAction<T> : IEc2Action
{
    public abstract string Name { get; }

    /// <summary>The parameter that lists explicit ids, without its number.</summary>
    protected abstract string IdParameter { get; }

    protected abstract FilterTable<T> Filters { get; }

    /// <summary>EC2's range for MaxResults; an action without paging keeps null.</summary>
    protected virtual (int Min, int Max)? PageSize => (5, 1000);

    public Action<Ec2Xml> Execute(Ec2Call call)
    {
        var model = call.Model;
        var page = Select(call);
        call.Request.EndDryRun();
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

    private Page<T> Select(Ec2Call call)
    {
        var (request, _, model, cap) = call;
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

        // Who names ids, or an action that knows no pages, can't ask for the rest: there is nothing to cut.
        if (ids.Count == 0 && PageSize is not null && cap?.Invoke() is { } most)
            size = Math.Min(size ?? most, most);
        return size is { } limit ? Cut(items, limit, token) : new Page<T>([.. items], null);
    }

    private Page<T> Cut(IEnumerable<T> items, int limit, string? token)
    {
        var page = items.Take(limit + 1).ToList();
        if (page.Count <= limit)
            return new Page<T>(page, null);
        page.RemoveAt(limit);
        // After an empty page the reader is where it was: before the first item or where its own token led.
        return new Page<T>(page, page.Count > 0 ? PageToken.Write(Name, IdOf(page[^1])) : token ?? PageToken.Write(Name, ""));
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
