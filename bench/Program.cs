using Sluice.Bench;

return await BenchCommand.Create().Parse(args).InvokeAsync();
