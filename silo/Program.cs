using Sluice.Silo.Hosting;

return await SiloProgram.RunAsync(args);
