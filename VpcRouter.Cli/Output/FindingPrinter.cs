using VpcRouter.Cli.Doctor;

namespace VpcRouter.Cli.Output;

/// <summary>Prints what the doctor finds.</summary>
internal static class FindingPrinter
{
    private const int Indent = 9;

    public static void Print(string check, Finding finding, TextWriter output)
    {
        output.WriteLine($"{Word(finding.Status).PadRight(Indent)}{check}: {finding.Message}");
        if (finding.Remedy is { } remedy)
            output.WriteLine($"{new string(' ', Indent)}  mend it: {remedy}");
    }

    public static void PrintSummary(IReadOnlyList<(string Check, Finding Finding)> findings, TextWriter output) =>
        output.WriteLine(string.Join(", ", Enum.GetValues<FindingStatus>()
            .Select(status => (status, count: findings.Count(item => item.Finding.Status == status)))
            .Where(group => group.count > 0)
            .Select(group => $"{group.count} {Word(group.status)}")) + ".");

    public static void PrintJson(IReadOnlyList<(string Check, Finding Finding)> findings, TextWriter output) =>
        output.WriteLine(JsonText.Of(new
        {
            Ok = findings.All(item => item.Finding.Status != FindingStatus.Failed),
            Findings = findings.Select(item => new { item.Check, Status = Word(item.Finding.Status), item.Finding.Message, item.Finding.Remedy }),
        }));

    private static string Word(FindingStatus status) => status switch
    {
        FindingStatus.Ok => "ok",
        FindingStatus.Warning => "warning",
        FindingStatus.Failed => "failed",
        _ => "n/a",
    };
}
