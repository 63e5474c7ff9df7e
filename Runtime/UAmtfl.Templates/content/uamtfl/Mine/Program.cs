using Mine;
using UAmtfl.Hosting;

return await ExperimentProgram.RunAsync(args, services => services.AddExperiments());
