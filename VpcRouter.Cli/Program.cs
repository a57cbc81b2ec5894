using VpcRouter.Cli;

return CommandLine.Run(args);
