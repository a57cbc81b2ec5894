using System.Globalization;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>Reads <c>Filter.N.Name</c> and <c>Filter.N.Value.M</c>.</summary>
internal static class FilterReader
{
    private const int MaxValues = 200;

    public static IReadOnlyList<Filter> Read(QueryRequest request)
    {
        var filters = new List<Filter>();
        while (request.Find(string.Create(CultureInfo.InvariantCulture, $"Filter.{filters.Count + 1}.Name")) is { } name)
        {
            var values = request.List(string.Create(CultureInfo.InvariantCulture, $"Filter.{filters.Count + 1}.Value"));
            if (values.Count == 0)
                throw Ec2Errors.Invalid($"The filter '{name}' requires at least one value");
            if (values.Count > MaxValues)
            {
                throw new Ec2Exception("FilterLimitExceeded",
                    $"The maximum number of filter values specified on a single call is {MaxValues}");
            }

            filters.Add(new Filter(name, values));
        }

        return filters;
    }
}
