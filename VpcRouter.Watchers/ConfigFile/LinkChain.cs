using System.Collections.Immutable;

namespace VpcRouter.Watchers.ConfigFile;

/// <summary>
/// The way from a path over its symbolic links to the file meant: which names, in which real directories, must stay as they are for
/// the path to mean the same file. A Kubernetes ConfigMap changes by the replacement of a link halfway down this chain.
/// </summary>
/// <param name="Target">The path without any link in it; the file need not exist.</param>
/// <param name="Names">The names that matter, by directory.</param>
internal sealed record LinkChain(string Target, ImmutableSortedDictionary<string, ImmutableSortedSet<string>> Names)
{
    // Linux gives up after as many.
    private const int MaximumLinks = 40;

    /// <summary>Follows a path.</summary>
    /// <exception cref="IOException">A link can't be read, or the links go in a circle.</exception>
    public static LinkChain Of(string path)
    {
        var full = Path.GetFullPath(path);
        var current = Path.GetPathRoot(full)!;
        var names = new Dictionary<string, ImmutableSortedSet<string>>(StringComparer.Ordinal);
        var open = new Stack<string>();
        Push(open, full[current.Length..]);
        var links = 0;
        while (open.TryPop(out var name))
        {
            if (name == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            var next = Path.Combine(current, name);
            var link = new FileInfo(next).LinkTarget;
            if (link is not null || open.Count == 0)
                names[current] = names.GetValueOrDefault(current, []).Add(name);
            if (link is null)
            {
                current = next;
                continue;
            }

            if (++links > MaximumLinks)
                throw new IOException($"Too many symbolic links on the way from {path}.");
            if (Path.IsPathRooted(link))
                current = Path.GetPathRoot(link)!;
            Push(open, link[(Path.GetPathRoot(link)?.Length ?? 0)..]);
        }

        return new LinkChain(current, names.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>Whether both chains pass through the same names of the same directories.</summary>
    public bool WatchesTheSameAs(LinkChain? other) =>
        other is not null && Names.Count == other.Names.Count
        && Names.All(pair => other.Names.TryGetValue(pair.Key, out var names) && names.SetEquals(pair.Value));

    private static void Push(Stack<string> open, string relative)
    {
        var parts = relative.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts.Reverse().Where(part => part != "."))
            open.Push(part);
    }
}
