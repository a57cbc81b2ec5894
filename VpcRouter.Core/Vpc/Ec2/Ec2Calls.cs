namespace VpcRouter.Vpc.Ec2;

/// <summary>What every call to EC2 has in common: translated errors, and pages.</summary>
internal static class Ec2Calls
{
    public static async Task<T> TranslateErrorsAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not VpcApiException && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw Ec2Errors.Translate(e);
        }
    }

    public static async Task<List<T>> ReadPagesAsync<T>(Func<string?, Task<(IEnumerable<T>? Items, string? NextToken)>> readPage)
    {
        var all = new List<T>();
        string? nextToken = null;
        do
        {
            var page = await readPage(nextToken).ConfigureAwait(false);
            all.AddRange(page.Items.OrEmpty());
            nextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(nextToken));
        return all;
    }
}
