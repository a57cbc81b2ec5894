using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Documentation;

/// <summary>A fenced code block of a document.</summary>
/// <param name="Document">The document's path in the repository.</param>
/// <param name="Line">The line of the fence.</param>
/// <param name="Language">The first word after the fence; empty when there is none.</param>
/// <param name="Continues">Whether it goes on from the block before, as the word <c>continued</c> says.</param>
/// <param name="Text">What stands between the fences.</param>
internal sealed record CodeBlock(string Document, int Line, string Language, bool Continues, string Text)
{
    private const string Fence = "```";

    /// <summary>Every fenced block of every document for users: the readme files, also the samples', and <c>docs</c>.</summary>
    public static IReadOnlyList<CodeBlock> All() =>
        [.. Documents().SelectMany(path => Of(Path.GetRelativePath(Artifacts.Repository, path), File.ReadAllLines(path)))];

    /// <summary>Every indented line outside the fences, after its place.</summary>
    public static IEnumerable<string> IndentedLines()
    {
        foreach (var path in Documents())
        {
            var isFenced = false;
            foreach (var (index, line) in File.ReadLines(path).Index())
            {
                isFenced ^= line.StartsWith(Fence, StringComparison.Ordinal);
                if (!isFenced && line.StartsWith("    ", StringComparison.Ordinal))
                    yield return $"{Path.GetFileName(path)}:{index + 1}: {line.Trim()}";
            }
        }
    }

    public override string ToString() => $"{Document}:{Line}";

    private static IEnumerable<string> Documents()
    {
        var samples = Path.Combine(Artifacts.Repository, "samples");
        var readmes = Directory.EnumerateDirectories(Artifacts.Repository)
            .Concat(Directory.Exists(samples) ? Directory.EnumerateDirectories(samples) : [])
            .Prepend(Artifacts.Repository)
            .Select(folder => Path.Combine(folder, "README.md"))
            .Where(File.Exists);
        return readmes.Concat(Directory.EnumerateFiles(Path.Combine(Artifacts.Repository, "docs"), "*.md")).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<CodeBlock> Of(string document, string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
                continue;
            var words = lines[i][Fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var end = Array.FindIndex(lines, i + 1, line => line.StartsWith(Fence, StringComparison.Ordinal));
            if (end < 0)
                throw new InvalidDataException($"{document}:{i + 1}: the code block has no end");
            yield return new CodeBlock(document, i + 1, words.FirstOrDefault() ?? "", words.Contains("continued"), string.Join('\n', lines[(i + 1)..end]));
            i = end;
        }
    }
}
