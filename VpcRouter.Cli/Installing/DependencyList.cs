using System.Reflection;
using System.Text.Json.Nodes;
using VpcRouter.Plugins.Loading;

namespace VpcRouter.Cli.Installing;

/// <summary>The <c>.deps.json</c> of a published project: made the plugin's own, without what is only there for the host's sake.</summary>
internal static class DependencyList
{
    private static readonly string[] Kinds = ["runtime", "native", "resources", "runtimeTargets"];

    /// <summary>Takes the project out of a published folder, and every library that the plugin needs only through libraries that are the host's (the AWS SDK behind VpcRouter.Core).</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="packageId">The plugin's package.</param>
    public static void Prune(string folder, string project, string packageId)
    {
        var list = Path.Combine(folder, project + ".deps.json");
        var root = JsonNode.Parse(File.ReadAllText(list))!;
        var libraries = root["targets"]![root["runtimeTarget"]!["name"]!.GetValue<string>()]!.AsObject();
        var byName = libraries.ToDictionary(library => library.Key.Split('/')[0], library => library.Key, StringComparer.OrdinalIgnoreCase);
        var needed = new HashSet<string>();
        var waiting = new Queue<string>([packageId]);
        while (waiting.TryDequeue(out var name))
        {
            if (!byName.TryGetValue(name, out var key) || IsOfTheHost(libraries[key]!) || !needed.Add(key))
                continue;
            foreach (var dependency in libraries[key]!["dependencies"]?.AsObject().Select(pair => pair.Key) ?? [])
                waiting.Enqueue(dependency);
        }

        foreach (var (key, library) in libraries.Where(library => !needed.Contains(library.Key)).ToList())
        {
            foreach (var file in FilesOf(library!).Select(file => Path.Combine(folder, file)).Where(File.Exists))
                File.Delete(file);
            libraries.Remove(key);
            root["libraries"]!.AsObject().Remove(key);
        }

        foreach (var dependencies in libraries.Select(library => library.Value!["dependencies"]?.AsObject()).OfType<JsonObject>())
        {
            foreach (var gone in dependencies.Select(pair => pair.Key).Where(name => !byName.TryGetValue(name, out var key) || !needed.Contains(key)).ToList())
                dependencies.Remove(gone);
        }

        File.Delete(list);
        File.Delete(Path.Combine(folder, project + ".pdb"));
        File.Delete(Path.Combine(folder, project + ".runtimeconfig.json"));
        var main = MainAssembly.NameIn(folder) ?? (byName.TryGetValue(packageId, out var named) ? named.Split('/')[0] : packageId);
        File.WriteAllText(Path.Combine(folder, main + ".deps.json"), root.ToJsonString());
    }

    // Assemblies are published into the folder itself, those of a language or a platform into folders of their own.
    private static IEnumerable<string> FilesOf(JsonNode library) =>
        from kind in Kinds
        from file in library[kind]?.AsObject() ?? []
        select kind switch
        {
            "runtimeTargets" => file.Key,
            "resources" => Path.Combine(file.Value!["locale"]!.GetValue<string>(), Path.GetFileName(file.Key)),
            _ => Path.GetFileName(file.Key),
        };

    private static bool IsOfTheHost(JsonNode library) =>
        library["runtime"]?.AsObject().Select(file => Path.GetFileNameWithoutExtension(file.Key)).ToList() is { Count: > 0 } assemblies
        && assemblies.TrueForAll(name => SharedAssemblies.IsOfTheContract(name) && SharedAssemblies.Find(new AssemblyName(name)) is not null);
}
