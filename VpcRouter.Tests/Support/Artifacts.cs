namespace VpcRouter.Tests.Support;

/// <summary>The repository's folder for what a test run leaves to be looked at, and the repository's other files.</summary>
internal static class Artifacts
{
    public static string Repository { get; } = FindRepository();

    public static string PathOf(string name)
    {
        var folder = Path.Combine(Repository, "artifacts");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VpcRouter.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests don't lie in a repository of VpcRouter.");
    }
}
