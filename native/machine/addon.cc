// The door between Node and the native machine: open a program, see its arena, run a section off
// Node's thread.
#include <napi.h>

#include <memory>
#include <stdexcept>

#include "interpreter.h"

namespace {

using shakelab::Interpreter;

std::vector<shakelab::Section> sectionsOf(const Napi::Array& arrays) {
  std::vector<shakelab::Section> sections;
  for (uint32_t i = 0; i < arrays.Length(); ++i) {
    const auto words = arrays.Get(i).As<Napi::Int32Array>();
    sections.emplace_back(words.Data(), words.Data() + words.ElementLength());
  }
  return sections;
}

// Runs one section on a thread of libuv's and settles a promise with each instruction's time.
class Run : public Napi::AsyncWorker {
 public:
  Run(Napi::Env env, std::shared_ptr<Interpreter> interpreter, int section, int samples)
      : AsyncWorker(env),
        deferred_(Napi::Promise::Deferred::New(env)),
        interpreter_(std::move(interpreter)),
        section_(section),
        samples_(samples) {}

  Napi::Promise promise() const { return deferred_.Promise(); }
  void Execute() override { times_ = interpreter_->profile(section_, samples_); }
  void OnOK() override {
    auto times = Napi::Float64Array::New(Env(), times_.size());
    std::copy(times_.begin(), times_.end(), times.Data());
    deferred_.Resolve(times);
  }
  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  Napi::Promise::Deferred deferred_;
  std::shared_ptr<Interpreter> interpreter_;
  int section_, samples_;
  std::vector<double> times_;
};

// open(sections: Int32Array[], arenaFloats, batch, threads, isa): Execution
class Execution : public Napi::ObjectWrap<Execution> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "Execution",
                       {InstanceMethod("run", &Execution::run),
                        InstanceMethod("setImages", &Execution::setImages),
                        InstanceAccessor("arena", &Execution::arena, nullptr),
                        InstanceAccessor("indices", &Execution::indices, nullptr),
                        InstanceAccessor("augmentations", &Execution::augmentations, nullptr),
                        InstanceAccessor("hyper", &Execution::hyper, nullptr),
                        InstanceAccessor("isa", &Execution::isa, nullptr)});
  }

  explicit Execution(const Napi::CallbackInfo& info) : ObjectWrap(info) {
    try {
      const auto isa = shakelab::chooseIsa(info[4].As<Napi::String>());
      interpreter_ = std::make_shared<Interpreter>(
          isa, sectionsOf(info[0].As<Napi::Array>()),
          static_cast<size_t>(info[1].As<Napi::Number>().Int64Value()),
          info[3].As<Napi::Number>().Int32Value());
      const size_t batch = info[2].As<Napi::Number>().Uint32Value();
      interpreter_->indices().assign(batch, 0);
      interpreter_->augmentations().assign(batch, {});
    } catch (const std::exception& error) {
      throw Napi::Error::New(info.Env(), error.what());
    }
  }

 private:
  // A view of memory that stays alive as long as JavaScript holds it.
  Napi::Value memory(Napi::Env env, void* data, size_t bytes) {
    auto keep = new std::shared_ptr<Interpreter>(interpreter_);
    return Napi::ArrayBuffer::New(
        env, data, bytes, [](Napi::Env, void*, std::shared_ptr<Interpreter>* kept) { delete kept; },
        keep);
  }
  Napi::Value arena(const Napi::CallbackInfo& info) {
    auto& arena = interpreter_->arena();
    return memory(info.Env(), arena.data(), arena.floats() * sizeof(float));
  }
  Napi::Value indices(const Napi::CallbackInfo& info) {
    auto& indices = interpreter_->indices();
    return memory(info.Env(), indices.data(), indices.size() * sizeof(int32_t));
  }
  Napi::Value augmentations(const Napi::CallbackInfo& info) {
    auto& draws = interpreter_->augmentations();
    return memory(info.Env(), draws.data(), draws.size() * sizeof(shakelab::Augmentation));
  }
  Napi::Value hyper(const Napi::CallbackInfo& info) {
    return memory(info.Env(), interpreter_->hyper(), shakelab::kHypers * sizeof(float));
  }
  Napi::Value isa(const Napi::CallbackInfo& info) {
    return Napi::String::New(info.Env(), interpreter_->isa());
  }
  void setImages(const Napi::CallbackInfo& info) {
    auto images = info[0].As<Napi::Uint8Array>();
    images_ = Napi::Persistent(images);
    interpreter_->setImages(images.Data());
  }
  Napi::Value run(const Napi::CallbackInfo& info) {
    auto worker = new Run(info.Env(), interpreter_, info[0].As<Napi::Number>().Int32Value(),
                          info[1].As<Napi::Number>().Int32Value());
    worker->Queue();
    return worker->promise();
  }

  std::shared_ptr<Interpreter> interpreter_;
  Napi::Reference<Napi::Uint8Array> images_;
};

// measureLimits(threads, isa): {isa, flops, read, write, copy}; blocks while it measures
Napi::Value measureLimits(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  try {
    const auto isa = shakelab::chooseIsa(info[1].As<Napi::String>());
    const int threads = info[0].As<Napi::Number>().Int32Value();
    const auto limits = shakelab::measureLimits(*isa.peakLoops, threads);
    auto result = Napi::Object::New(env);
    result.Set("isa", isa.name);
    result.Set("flops", limits.flops);
    result.Set("read", limits.read);
    result.Set("write", limits.write);
    result.Set("copy", limits.copy);
    return result;
  } catch (const std::exception& error) {
    throw Napi::Error::New(env, error.what());
  }
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
  exports.Set("Execution", Execution::define(env));
  exports.Set("measureLimits", Napi::Function::New(env, measureLimits));
  return exports;
}

}  // namespace

NODE_API_MODULE(shakelab, init)
