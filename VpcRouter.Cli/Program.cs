using VpcRouter.Cli;

return await CommandLine.RunAsync(args);
