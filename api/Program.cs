using Sluice.Api.Hosting;
using Sluice.Engine.Hosting;

return await NodeProgram.RunAsync(
    args, static builder => builder.Services.AddSingleNodeMetering(NodeServices.ConnectionString));
